import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePage, type Served } from './serve.ts';

const PAGE = '<!doctype html><title>Größe</title>';

let served: Served;
beforeAll(async () => {
  served = await servePage(PAGE);
});
afterAll(() => served.close());

/** Returns a server's answer to a request as it is written, byte by byte. */
const said = async (request: string): Promise<string> => {
  const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  socket.end(request);
  await once(socket, 'close');
  return text;
};

const host = (): string => new URL(served.url).host;
const path = (): string => new URL(served.url).pathname;
const asked = (target: string, { method = 'GET', name = host() } = {}): string =>
  `${method} ${target} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`;
const statusOf = async (request: string): Promise<string> => (await said(request)).split(' ')[1] ?? '';

describe('a page that is served', () => {
  it('is given to this machine alone, whole, and is not kept, framed or read by other sites', async () => {
    const response = await fetch(served.url);
    expect(await response.text()).toBe(PAGE);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': "frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
    expect(new URL(served.url).hostname).toBe('127.0.0.1');
    const head = await said(asked(path(), { method: 'HEAD' }));
    expect(head).toContain('Content-Length: 37');
    expect(head.endsWith('\r\n\r\n')).toBe(true);
  });

  it.each([
    ['the name of another site that leads here', 'evil.example'],
    ['that name with the port', 'evil.example:80'],
    ['the address without its port', '127.0.0.1'],
    ['another port', '127.0.0.1:1'],
    ['a name that begins like it', '127.0.0.1.evil.example'],
  ])('is not given under %s', async (_, name) => {
    const answer = await said(asked(path(), { name }));
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
    expect(answer).not.toContain(PAGE);
  });

  it('is given under the name localhost', async () => {
    expect(await statusOf(asked(path(), { name: host().replace('127.0.0.1', 'localhost') }))).toBe('200');
  });

  it('is all that there is', async () => {
    const targets = [
      '/',
      '/index.html',
      '/../../../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      `${path()}../../etc/passwd`,
      `${path()}..%2f..%2fetc/passwd`,
      `${path()}?x`,
      path().toUpperCase(),
      path().slice(0, -1),
      '//etc/passwd',
      String.raw`/..\..\windows\win.ini`,
      `http://evil.example${path()}`,
      '/%00',
    ];
    for (const target of targets) expect(await statusOf(asked(target)), target).toBe('404');
  });

  it('cannot be written', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect(await statusOf(asked(path(), { method })), method).toBe('405');
    }
  });

  it('outlives requests that are none', async () => {
    expect(await statusOf(`GET ${path()} HTTP/1.1\r\n\r\n`)).toBe('400');
    expect(await statusOf(`GET ${path()} HTTP/1.0\r\n\r\n`)).toBe('421');
    expect(await statusOf('\u0000\u0001\r\n\r\n')).toBe('400');
    expect(await statusOf(`GET / HTTP/1.1\r\nHost: ${'x'.repeat(100_000)}\r\n\r\n`)).toBe('431');
    expect(await said('')).toBe('');
    expect((await fetch(served.url)).status).toBe(200);
  });

  it('has an address of its own each time, which nobody can guess', async () => {
    const other = await servePage(PAGE);
    expect(new URL(other.url).pathname).toMatch(/^\/[0-9a-f]{32}\/$/);
    expect(new URL(other.url).pathname).not.toBe(path());
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow('fetch failed');
  });
});
