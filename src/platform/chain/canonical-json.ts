/**
 * JSON in one and only one way of writing (RFC 8785, JCS), so that two parties hash and sign the same bytes: members
 * sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript writes them.
 *
 * Members that are `undefined` are left out. Throws TypeError for what JSON cannot hold without loss: NaN, infinities,
 * integers beyond 2^53, lone surrogates, dates, bytes. Better no signature than one over a guess.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('canonical JSON holds no lone surrogate');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
        throw new TypeError('canonical JSON holds no number that would be rounded');
      }
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
      return object(value);
    default:
      throw new TypeError(`canonical JSON holds no ${typeof value}`);
  }
}

function object(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('canonical JSON holds plain objects only');
  }
  const members: string[] = [];
  for (const [name, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (member !== undefined) members.push(`${canonicalJson(name)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
