/** Words that stand in small letters inside the name of a place. */
const SMALL = new Set(['i', 'og', 'på']);

/** A place as people write it: the register shouts, `MO I RANA`. */
export function placeName(place: string | null): string | null {
  if (place === null) return null;
  return place
    .toLowerCase()
    .replace(/[\p{L}\p{M}]+/gu, (word, at: number) =>
      at > 0 && SMALL.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1),
    );
}

/** `310 000 000` */
export function spaced(number: string): string {
  return number.replace(/(\d{3})(?=\d)/g, '$1 ');
}
