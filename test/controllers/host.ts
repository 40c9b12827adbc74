import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** An element's part towards its controllers, played by the test. */
export function createHost() {
  const controllers: ReactiveController[] = [];
  const host: ReactiveControllerHost = {
    updateComplete: Promise.resolve(true),
    addController: (each) => controllers.push(each),
    removeController: () => undefined,
    requestUpdate: () => undefined,
  };
  const tell = (moment: 'hostConnected' | 'hostUpdate' | 'hostDisconnected') =>
    controllers.forEach((each) => each[moment]?.());
  return { host, tell };
}
