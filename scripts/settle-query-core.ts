import { settle } from './settle.js';

/**
 * Expressions of query-core that have one and the same value in the scripts, by module: they run
 * in browsers, and no query of theirs polls, waits for another promise, pages backwards, is
 * restored, is skipped by a token or fresh for ever, selects, has defaults by key, options that
 * are functions of it, or tracks its readers. It saves 0.7 kB (gzip).
 */
const settled = {
  infiniteQueryBehavior: {
    'previous ? "backward" : "forward"': '"forward"',
    'previous ? addToStart : addToEnd': 'addToEnd',
    'previous ? getPreviousPageParam : getNextPageParam': 'getNextPageParam',
    'direction === "backward"': 'false',
  },
  infiniteQueryObserver: {
    'fetchDirection === "backward"': 'false',
  },
  query: {
    'this.options.queryFn === skipToken': 'false',
    'resolveQueryValue(observer.options.staleTime, this) === "static"': 'false',
    'staleTime === "static"': 'false',
    'this.options.pages': 'undefined',
  },
  queryClient: {
    'this.getQueryDefaults(options.queryKey)': '{}',
    'options?.mutationKey && this.getMutationDefaults(options.mutationKey)': '{}',
    'defaultedOptions.throwOnError === void 0': 'false',
    'defaultedOptions.queryFn === skipToken': 'false',
    '!query.isStatic()': 'true',
  },
  queryObserver: {
    'isServer()': 'false',
    'this.options.enabled !== void 0': 'false',
    'query !== prevQuery ? query.state : this.#currentQueryInitialState': 'undefined',
    'this.#computeRefetchInterval()': 'false',
    'this.#clearRefetchInterval()': 'undefined',
    'nextRefetchInterval !== this.#currentRefetchInterval': 'false',
    'this.#updateRefetchInterval(nextRefetchInterval)': 'undefined',
    'this.#updateRefetchInterval(this.#computeRefetchInterval())': 'undefined',
    'options._optimisticResults === "isRestoring"': 'false',
    'resolveQueryValue(options.staleTime, query) !== "static"': 'true',
    'notifyOnChangePropsValue === "all"': 'true',
    'typeof options.placeholderData === "function"': 'true',
    'typeof notifyOnChangeProps === "function"': 'false',
    'options.select && data !== void 0 && !skipSelect': 'false',
    'this.#selectError = null': 'null',
    'this.#selectError = selectError': 'null',
    'this.#selectError': 'null',
  },
  removable: { 'isServer()': 'false' },
  retryer: {
    'isServer()': 'false',
    'config.networkMode === "always"': 'false',
    'typeof retryDelay === "function"': 'true',
  },
  utils: {
    'options.queryFn === skipToken': 'false',
    'typeof stale === "boolean"': 'false',
    'typeof value === "function"': 'false',
  },
};

export const settleQueryCore = () =>
  settle('query-core', /@tanstack\/query-core\/build\/modern\/(\w+)\.js$/, settled);
