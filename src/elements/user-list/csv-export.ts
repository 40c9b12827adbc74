import { initialState, Task } from '@lit/task';
import type { Api, endpoints, Input } from '../../contract/index.js';
import type { InlayElement } from '../../kit/element.js';
import { InlayErrorEvent } from '../../kit/events.js';

type Query = Input<(typeof endpoints.users)['export']>;
/** Where the browser can write a file while it comes in. */
interface Picker {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<{
    createWritable(): Promise<WritableStream<Uint8Array>>;
  }>;
}

const name = 'people.csv';
const lineFeed = 10;

/** Saves the people that match as a CSV file, which is written as it comes in where the browser can. */
export class CsvExport {
  /** From 0 to 1 while it runs; 0 too while nobody knows how much there is. */
  progress: number | undefined;
  private readonly task: Task<readonly [Api, Query], unknown>;

  constructor(private readonly host: InlayElement) {
    this.task = new Task(host, {
      autoRun: false,
      task: ([api, query], { signal }) => this.save(api, query, signal),
      onError: (error) => host.dispatchEvent(new InlayErrorEvent(error as Error)),
    });
  }

  get error(): unknown {
    return this.task.error;
  }

  run(api: Api, query: Query): void {
    void this.task.run([api, query]);
  }

  cancel(): void {
    this.task.abort();
  }

  private async save(api: Api, query: Query, signal: AbortSignal): Promise<unknown> {
    try {
      // Asked first, as browsers want it close to the press of a button.
      const target = await pick();
      this.tell(0);
      const answer = await api.users.export(query, { signal });
      const rows = Number(answer.headers.get('X-Inlay-Total'));
      const counted = answer.body!.pipeThrough(this.count(rows));
      if (target) await counted.pipeTo(await target.createWritable(), { signal });
      else download(await new Response(counted).blob());
    } catch (error) {
      // Cancelled, here or in the browser's own dialog.
      if (signal.aborted || (error as Error).name === 'AbortError') return initialState;
      throw error;
    } finally {
      this.tell(undefined);
    }
    return undefined;
  }

  private tell(progress: number | undefined): void {
    this.progress = progress;
    this.host.requestUpdate();
  }

  private count(rows: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    let done = 0;
    return new TransformStream({
      transform: (chunk, stream) => {
        for (const byte of chunk) if (byte === lineFeed) done += 1;
        this.tell(rows ? Math.min(1, done / rows) : 0);
        stream.enqueue(chunk);
      },
    });
  }
}

/** The file that the reader chooses; undefined where the browser has them choose none, as in a frame of another origin. */
async function pick() {
  try {
    return await (window as Picker).showSaveFilePicker?.({ suggestedName: name });
  } catch (error) {
    if ((error as Error).name !== 'SecurityError') throw error;
    return undefined;
  }
}

function download(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
