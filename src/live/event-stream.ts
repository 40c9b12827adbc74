/**
 * Reads `text/event-stream` piece by piece: the `data` of each event, and its `id` if it has
 * one. Names and pauses are not read, as the frames of the protocol tell their type.
 *
 * @throws RangeError at an event of more than `most` characters: where it ends can't be known.
 */
export function createEventReader(
  most: number,
  onEvent: (data: string, id: string) => void,
): (text: string) => void {
  let rest = '';
  let data: string[] = [];
  let size = 0;
  let id = '';

  function take(line: string): void {
    const colon = line.indexOf(':');
    const field = line.slice(0, colon < 0 ? undefined : colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (line === '') {
      if (data.length > 0) onEvent(data.join('\n'), id);
      data = [];
      id = '';
      size = 0;
    } else if (field === 'data') {
      data.push(value);
      size += value.length + 1;
    } else if (field === 'id') id = value;
  }

  return (text) => {
    // A carriage return at the end may be the first half of a line's end.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    lines.forEach(take);
    if (size + rest.length > most) throw new RangeError('An event is too long.');
  };
}
