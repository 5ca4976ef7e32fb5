/** An element of a document in XML: with parts, or with text. */
export interface Element {
  /** With its prefix, such as `cbc:ID`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly parts: readonly Element[];
}

/** All that XML 1.0 has no place for, however it is written: most control characters, and halves of characters. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** An element with text, without what XML has no place for; none where there is no text. */
export function leaf(
  name: string,
  said: string | undefined,
  attributes: Element['attributes'] = {},
): Element[] {
  const text = said?.replace(UNWRITABLE, '') ?? '';
  return text === '' ? [] : [{ name, attributes, text, parts: [] }];
}

/** An element with parts; none where there are no parts. */
export function branch(name: string, parts: readonly Element[]): Element[] {
  return parts.length === 0 ? [] : [{ name, attributes: {}, text: '', parts }];
}

/** The elements at a path of names without prefix, such as `TaxTotal/TaxSubtotal`. */
export function at(element: Element, path: string): Element[] {
  return path
    .split('/')
    .reduce(
      (all, name) => all.flatMap(({ parts }) => parts.filter((one) => one.name.split(':').at(-1) === name)),
      [element],
    );
}

/** What the first element at a path says. */
export const textAt = (element: Element, path: string): string | undefined => at(element, path)[0]?.text;

/** The element in XML 1.0. */
export function markupOf({ name, attributes, text, parts }: Element): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${given.join('')}>${escaped(text)}${parts.map(markupOf).join('')}</${name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
