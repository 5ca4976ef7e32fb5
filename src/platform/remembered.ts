/**
 * Work whose answer hangs on the words alone, done once for the same words: the last `room` answers are kept. What it throws
 * is not. Whoever gets an answer shares it, and changes nothing in it.
 */
export function remembered<W extends readonly string[], T>(
  room: number,
  work: (...words: W) => T,
): (...words: W) => T {
  const known = new Map<string, T>();
  return (...words) => {
    const key = JSON.stringify(words);
    if (known.has(key)) return known.get(key) as T;
    const answer = work(...words);
    const [oldest] = known.keys();
    if (known.size >= room && oldest !== undefined) known.delete(oldest);
    known.set(key, answer);
    return answer;
  };
}
