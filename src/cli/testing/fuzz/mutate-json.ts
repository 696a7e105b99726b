import { oneOf, once, type Random } from './chance.ts';
import { HOSTILE_JSON, HOSTILE_TEXTS, HOSTILE_VALUES } from './hostile.ts';
import { mutateBytes } from './mutate-bytes.ts';

/** The mark in a tree of a text that follows and is put in as it is. */
const RAW = '\u0001raw\u0001';

interface Place {
  readonly holder: { [key: string]: unknown };
  readonly key: string;
}

/** Returns every field of a tree and every item of its lists. */
const placesIn = (value: unknown, places: Place[] = []): Place[] => {
  if (value === null || typeof value !== 'object') return places;
  const holder = value as { [key: string]: unknown };
  for (const key of Object.keys(holder)) {
    places.push({ holder, key });
    placesIn(holder[key], places);
  }
  return places;
};

/** Sets an own field, whatever its name is. */
const put = (holder: object, key: string, value: unknown): void =>
  void Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });

const take = ({ holder, key }: Place): void => {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
};

/** The length from which on lists are not made longer. */
const MOST_ITEMS = 100;

/** The length to which a list is made longer, in characters: more takes longer to be made than to be read. */
const MOST_CHARACTERS = 8 * 2 ** 20;

/** The most times that long text is put in. */
const MOST_RAW = 3;

type Mutation = (places: readonly Place[], random: Random) => void;

const MUTATIONS: readonly Mutation[] = [
  (places, random) => take(oneOf(random, places)),
  (places, random) => {
    const { holder, key } = oneOf(random, places);
    put(holder, key, structuredClone(oneOf(random, HOSTILE_VALUES)));
  },
  (places, random) => {
    const { holder, key } = oneOf(random, places);
    put(holder, key, RAW);
  },
  (places, random) => {
    const [one, other] = [oneOf(random, places), oneOf(random, places)];
    // As a copy: a tree that holds itself has no text.
    put(one.holder, one.key, structuredClone(other.holder[other.key]));
  },
  (places, random) => {
    const place = oneOf(random, places);
    const { holder, key } = place;
    const value = holder[key];
    take(place);
    if (!Array.isArray(holder)) put(holder, oneOf(random, [`${key}x`, ...HOSTILE_TEXTS]), value);
  },
  (places, random) => {
    const { holder, key } = oneOf(random, places);
    if (Array.isArray(holder)) holder.push(structuredClone(holder[key as unknown as number]));
    else put(holder, oneOf(random, HOSTILE_TEXTS), structuredClone(holder[key]));
  },
  (places, random) => {
    const { holder, key } = oneOf(random, places);
    const value = holder[key];
    if (!Array.isArray(value) || value.length === 0 || value.length > MOST_ITEMS) return;
    const most = Math.floor(MOST_CHARACTERS / JSON.stringify(value).length);
    const length = Math.min(oneOf(random, [2, 100, 3000]), most);
    // Copies: what is shared would grow in every place at once.
    if (length > 1) holder[key] = Array.from({ length }, () => structuredClone(value) as unknown[]).flat();
  },
];

/** Changes some of the fields of a JSON document, or the bytes of its text. */
export const mutateJson = (document: object, random: Random): Uint8Array => {
  if (once(random, 4)) return mutateBytes(Buffer.from(JSON.stringify(document, undefined, 2)), random);
  const tree = structuredClone(document);
  for (let changes = 1 + random.whole(3); changes > 0; changes -= 1) {
    const places = placesIn(tree);
    if (places.length === 0) break;
    oneOf(random, MUTATIONS)(places, random);
  }
  let left = MOST_RAW;
  const raw = (): string => ((left -= 1) < 0 ? '-0' : oneOf(random, HOSTILE_JSON));
  const text = JSON.stringify(tree).replaceAll(JSON.stringify(RAW), raw);
  return once(random, 20) ? mutateBytes(Buffer.from(text), random) : Buffer.from(text);
};
