import { ws, type WebSocketHandler } from 'msw';
import type { Hub } from '../live/hub.js';

/**
 * The hub behind MSW, for pages whose server runs in the page itself. `url` is a path
 * or address as MSW matches them, e.g. `/api/live` or `wss://example.com/api/live`. While it `isBlocked`,
 * nobody gets in.
 */
export function createBrowserLive(
  hub: Hub,
  url: string,
  isBlocked: () => boolean = () => false,
): WebSocketHandler {
  return ws.link(url).addEventListener('connection', ({ client }) => {
    if (isBlocked()) return client.close(1011);
    const session = hub.connect({
      send: (message) => client.send(message.text),
      close: (code) => client.close(code),
      // What a page sends itself never waits.
      buffered: 0,
    });
    client.addEventListener('message', ({ data }) => {
      session.receive(typeof data === 'string' ? data : '');
    });
    client.addEventListener('close', () => session.close(1000));
  });
}
