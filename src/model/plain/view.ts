/** A place in the argument of a function: its path, and the places in it. */
export interface PathNode {
  readonly path: string;
  readonly children: Map<PropertyKey, PathNode>;
}

/** The root: a place that is in no other. */
export const rootPath = (path: string): PathNode => ({ path, children: new Map() });

/** The place of `key` in another. */
export const childPath = ({ path, children: places }: PathNode, key: PropertyKey): PathNode => {
  const known =
    places.get(key) ?? rootPath(`${path}${path === '' || path.endsWith(' ') ? '' : '.'}${String(key)}`);
  places.set(key, known);
  return known;
};

/** One run of a function: what it has read so far, and the views it was given. */
export interface ViewRun {
  readonly reads: Set<PathNode>;
  /** The views made for it, by the object behind each. */
  readonly views: Map<object, object>;
  /** Whether the run is over: reads of a view after it are reads of something that was kept. */
  isOver: boolean;
  readonly onKept: (place: PathNode) => void;
}

/** The object behind each view. */
const behind = new WeakMap<object, object>();

const bare = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (behind.get(value) ?? value) : value;

const isPart = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** The proxy handler of views: one handler for all views of a kind, so that a view is quickly made. */
interface Viewing extends ProxyHandler<object> {
  readonly run: ViewRun;
  readonly place: PathNode;
}

const look = ({ run }: Viewing, place: PathNode): void => {
  if (run.isOver) run.onKept(place);
  else run.reads.add(place);
};

const refuse = (): never => {
  throw new TypeError('a function that only looks wrote to what it looked at');
};

const handlerOf = (kind: 'look' | 'draft'): ProxyHandler<object> & ThisType<Viewing> => ({
  get(target, key) {
    // A draft throws at any read once its run is over.
    if (this.run.isOver) this.run.onKept(childPath(this.place, key));
    const value: unknown = Reflect.get(target, key);
    if (typeof key === 'symbol' || (typeof value === 'function' && !Object.hasOwn(target, key))) return value;
    const place = childPath(this.place, key);
    if (isPart(value)) return viewOf(this.run, value, place, kind);
    look(this, place);
    return value;
  },
  has(target, key) {
    look(this, childPath(this.place, `${String(key)}?`));
    return Reflect.has(target, key);
  },
  ownKeys(target) {
    look(this, childPath(this.place, '*'));
    return Reflect.ownKeys(target);
  },
  ...(kind === 'draft'
    ? // A view may be assigned to a part of a draft: the part is then what it looks at.
      { set: (target: object, key: PropertyKey, value: unknown) => Reflect.set(target, key, bare(value)) }
    : { set: refuse, deleteProperty: refuse, defineProperty: refuse }),
});

const HANDLERS = { look: handlerOf('look'), draft: handlerOf('draft') };

/**
 * A view: a part of a state, of a draft or of the setting that notes what `run` reads of it. Each run has
 * views of its own, so that what was kept for an object is not found again in the next one. `part` must not
 * be frozen.
 */
export const viewOf = <T extends object>(
  run: ViewRun,
  part: T,
  place: PathNode,
  kind: 'look' | 'draft',
): T => {
  const known = run.views.get(part);
  if (known !== undefined) return known as T;
  const handler = Object.assign(Object.create(HANDLERS[kind]) as object, { run, place });
  const view = new Proxy(part, handler as ProxyHandler<T>);
  behind.set(view, part);
  run.views.set(part, view);
  return view;
};

/** Copies a plain value into objects of its own; a value that is not plain is returned as it is. */
export const copyOf = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isPart(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)])) as T;
};

/** Freezes a plain value with all that is in it; a value that is not plain stays as it is. */
export const freezeDeeply = <T>(value: T, done: WeakSet<object> = new WeakSet()): T => {
  if (!isPart(value) || done.has(value)) return value;
  done.add(value);
  Object.freeze(value);
  for (const item of Object.values(value)) freezeDeeply(item, done);
  return value;
};
