/**
 * The same function with a memory: what it made for a key is given again, for the `most` keys that came last. What names a key may
 * come from outside in any number of spellings, and so the memory has an end. What is thrown is not remembered.
 */
export function rememberFew<T extends object>(most: number, make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    // a Map is in the order in which keys came
    const [oldest] = made.keys();
    if (made.size > most && oldest !== undefined) made.delete(oldest);
    return fresh;
  };
}
