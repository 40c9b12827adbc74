/** Gathers what no element may ever let out: uncaught errors and lost rejections. */
export function watchTroubles() {
  let troubles: string[] = [];
  const note = (event: Event) => {
    const { error, reason, message } = event as ErrorEvent & PromiseRejectionEvent;
    troubles.push(`${event.type}: ${String(error ?? (reason as unknown) ?? message)}`);
  };
  return {
    start() {
      troubles = [];
      addEventListener('error', note);
      addEventListener('unhandledrejection', note);
    },
    /** Stops, and throws if there were any. */
    expectNone() {
      removeEventListener('error', note);
      removeEventListener('unhandledrejection', note);
      if (troubles.length > 0) throw new Error(`uncaught in the page: ${troubles.join('; ')}`);
    },
  };
}
