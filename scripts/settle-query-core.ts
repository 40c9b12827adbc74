import { settle } from './settle.js';

/**
 * Expressions of query-core that have one and the same value in the scripts, or a shorter one
 * there, and members that nothing calls, by module: they run in browsers, with one client a
 * runtime, whose defaults say how keys are hashed, data shared and tries repeated. No query of
 * theirs polls, waits for another promise, pages backwards, is restored, is skipped by a token or
 * fresh for ever, selects, has data to begin with, defaults by key, options that are functions of
 * it, or readers who are tracked or want to know when it turns stale; no write is observed,
 * restored, found by its key, or has callbacks of its own. It saves 1.9 kB (gzip).
 */
const settled = {
  infiniteQueryBehavior: {
    'previous ? "backward" : "forward"': '"forward"',
    'previous ? addToStart : addToEnd': 'addToEnd',
    'previous ? getPreviousPageParam : getNextPageParam': 'getNextPageParam',
    'direction === "backward"': 'false',
    'pages ?? oldPages.length': 'oldPages.length',
  },
  infiniteQueryObserver: {
    'fetchDirection === "backward"': 'false',
  },
  mutation: {
    'addObserver(observer)': '',
    'removeObserver(observer)': '',
    'this.options.retry ?? 0': 'this.options.retry',
    'this.#retryer?.continue() ?? (this.state.status === "pending" ? this.execute(this.state.variables) : Promise.resolve())':
      'this.#retryer.continue()',
    'config.state || getDefaultState()': 'getDefaultState()',
    'this.#observers = []': '0',
    '!this.#observers.length': 'true',
    'this.#observers.forEach((observer) => { observer.onMutationUpdate(action); })': '0',
    '!this.options.mutationFn': 'false',
    'action.failureCount': '0',
    'this.#mutationCache.config.onMutate': 'undefined',
    'await this.options.onSuccess?.(data, variables, this.state.context, mutationFnContext)': '0',
    'await this.#mutationCache.config.onSettled?.(data, null, this.state.variables, this.state.context, this, mutationFnContext)':
      '0',
    'await this.options.onSettled?.(data, null, variables, this.state.context, mutationFnContext)':
      '0',
    'await this.options.onError?.(error, variables, this.state.context, mutationFnContext)': '0',
    'await this.#mutationCache.config.onSettled?.(void 0, error, this.state.variables, this.state.context, this, mutationFnContext)':
      '0',
    'await this.options.onSettled?.(void 0, error, variables, this.state.context, mutationFnContext)':
      '0',
  },
  mutationCache: {
    'find(filters)': '',
    'matchMutation(filters, mutation)': 'mutation.state.status === filters.status',
  },
  query: {
    'isStale()': '',
    'get promise()': '',
    'this.options.queryFn === skipToken': 'false',
    'resolveQueryValue(observer.options.staleTime, this) === "static"': 'false',
    'staleTime === "static"': 'false',
    'this.options.pages': 'undefined',
    'config.state ?? this.#initialState': 'this.#initialState',
    'this.state && this.state.data === void 0': 'false',
    'action.failureCount': '0',
    'this.#cache.config.onSuccess?.(data, this)': '0',
    'this.#cache.config.onError?.(error, this)': '0',
    'this.#cache.config.onSettled?.(data, this.state.error, this)': '0',
    'this.#cache.config.onSettled?.(this.state.data, error, this)': '0',
  },
  queryCache: {
    'this.config = config': '0',
    'options.queryHash ?? hashQueryKeyByOptions(queryKey, options)': 'options.queryHash',
    'client.getQueryDefaults(queryKey)': 'undefined',
    '!this.#queries.has(query.queryHash)': 'true',
    'Object.keys(filters).length > 0': 'true',
  },
  queryClient: {
    'isFetching(filters)': '',
    'async query(options)': '',
    'config.queryCache || new QueryCache()': 'new QueryCache()',
    'this.#queryDefaults = /* @__PURE__ */ new Map()': '0',
    'this.#mutationDefaults = /* @__PURE__ */ new Map()': '0',
    'this.#mountCount = 0': '0',
    'this.#mountCount++': '0',
    'this.#mountCount--': '0',
    'this.#mountCount !== 1': 'false',
    'this.#mountCount !== 0': 'false',
    'this.getQueryDefaults(options.queryKey)': '{}',
    'options?.mutationKey && this.getMutationDefaults(options.mutationKey)': '{}',
    'defaultedOptions.refetchOnReconnect === void 0': 'false',
    'defaultedOptions.throwOnError === void 0': 'false',
    '!defaultedOptions.networkMode && defaultedOptions.persister': 'false',
    'defaultedOptions.queryFn === skipToken': 'false',
    '!query.isStatic()': 'true',
  },
  queryObserver: {
    'this.options.enabled !== void 0': 'false',
    'query !== prevQuery ? query.state : this.#currentQueryInitialState': 'undefined',
    'this.#currentQueryInitialState = query.state': '0',
    'this.#computeRefetchInterval()': 'false',
    'this.#clearRefetchInterval()': 'undefined',
    'mounted && (this.#currentQuery !== prevQuery || resolveQueryValue(this.options.enabled, this.#currentQuery) !== resolveQueryValue(prevOptions.enabled, this.#currentQuery) || nextRefetchInterval !== this.#currentRefetchInterval)':
      'false',
    'this.#updateRefetchInterval(nextRefetchInterval)': 'undefined',
    'this.#updateTimers()': '0',
    'this.#clearStaleTimeout()': '0',
    'mounted && (this.#currentQuery !== prevQuery || resolveQueryValue(this.options.enabled, this.#currentQuery) !== resolveQueryValue(prevOptions.enabled, this.#currentQuery) || resolveQueryValue(this.options.staleTime, this.#currentQuery) !== resolveQueryValue(prevOptions.staleTime, this.#currentQuery))':
      'false',
    'this.#updateStaleTimeout()': '0',
    'options._optimisticResults === "isRestoring"': 'false',
    'typeof options.placeholderData === "function"': 'true',
    'options.select && data !== void 0 && !skipSelect': 'false',
    'this.#selectError = null': 'null',
    'this.#selectError = selectError': 'null',
    'this.#selectError': 'null',
    'this.#currentResultState = this.#currentQuery.state': '0',
    'this.#currentResultState.data': 'this.#currentQuery.state.data',
    'this.#currentResultState': 'undefined',
    'shouldNotifyListeners()': 'true',
    'shouldFetchOn(this.#currentQuery, this.options, this.options.refetchOnReconnect)':
      'isStale(this.#currentQuery, this.options)',
    'shouldFetchOn(this.#currentQuery, this.options, this.options.refetchOnWindowFocus)':
      'isStale(this.#currentQuery, this.options)',
    'shouldFetchOn(query, options, options.refetchOnMount)': 'isStale(query, options)',
  },
  removable: { 'isServer()': 'false' },
  retryer: {
    'config.networkMode === "always"': 'false',
    'config.retry ?? (isServer() ? 0 : 3)': 'config.retry',
    'typeof retryDelay === "function"': 'true',
    'config.onFail?.(failureCount, error)': '0',
  },
  subscribable: { 'this.subscribe = this.subscribe.bind(this)': '0' },
  utils: {
    'options?.queryKeyHashFn || hashKey': 'options.queryKeyHashFn',
    'typeof options.structuralSharing === "function"': 'true',
    '!options.queryFn && fetchOptions?.initialPromise': 'false',
    '!options.queryFn || options.queryFn === skipToken': 'false',
    '!hasObjectPrototype(o)': 'o == null',
    'typeof ctor !== "function"': 'false',
    '!hasObjectPrototype(prot)': 'false',
    '!prot.hasOwnProperty("isPrototypeOf")': 'false',
    'value.length === Object.keys(value).length': 'true',
    'typeof stale === "boolean"': 'false',
    'typeof value === "function"': 'false',
    'fetchStatus && fetchStatus !== query.state.fetchStatus': 'false',
  },
};

export const settleQueryCore = () =>
  settle('query-core', /@tanstack\/query-core\/build\/modern\/(\w+)\.js$/, settled);
