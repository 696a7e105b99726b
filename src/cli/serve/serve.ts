import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '../../model/index.ts';
import { reasonOf } from '../../report/reason.ts';

/** A page that this machine alone can open, as long as it is served. */
export interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const LOOPBACK = '127.0.0.1';

// The page has a policy of its own, in which nothing is loaded; this adds what only a header can say.
const HEADERS = {
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const refuse = (response: ServerResponse, status: number, because: string): void => {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${because}\n`);
};

/**
 * Answers with the page where all of a request is as it would be from somebody who was given the address. A
 * name that leads here is not enough: the page of another site could have one, and would then read the
 * answer.
 */
const answer =
  (page: Uint8Array, path: string, portOf: () => number) =>
  ({ headers: { host }, method, url }: IncomingMessage, response: ServerResponse): void => {
    if (host !== `${LOOPBACK}:${portOf()}` && host !== `localhost:${portOf()}`) {
      refuse(response, 421, 'not an address of this server');
    } else if (url !== path) {
      refuse(response, 404, 'there is one page here, under the address that was printed');
    } else if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      refuse(response, 405, 'the page can only be read');
    } else {
      response.writeHead(200, {
        ...HEADERS,
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': page.length,
      });
      response.end(method === 'HEAD' ? undefined : page);
    }
  };

const cannotServe = (error: unknown): Fault =>
  new Fault('UW451', {
    where: LOOPBACK,
    expected: 'a port of this machine that the system gives',
    got: reasonOf(error),
    likely: 'this process may not listen, or too many files are open',
    next: 'write the page into a file instead: `underwatch report FILE --format html --out page.html`',
  });

/**
 * Serves one page to this machine alone, on a port that the system gives, under an address that nobody can
 * guess: other users of the machine can reach the port, too. Throws UW451.
 */
export const servePage = async (html: string): Promise<Served> => {
  const path = `/${randomBytes(16).toString('hex')}/`;
  const server = createServer(answer(new TextEncoder().encode(html), path, () => portOf()));
  const portOf = (): number => (server.address() as AddressInfo).port;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotServe(error)));
    server.listen(0, LOOPBACK, resolve);
  });
  return {
    url: `http://${LOOPBACK}:${portOf()}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
