/** The product's mark: an h that stands on its ground. Decoration beside a word, so hidden from screen readers. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d="M7 3v14M7 11.5c0-2.4 1.9-4 4.6-4 2.8 0 4.4 1.7 4.4 4.6V17" />
      <path className="mark-ground" d="M3 21h18" />
    </svg>
  );
}

/** The operator's mark on its own site: its initial on the same ground. */
export function Brand({ name }: { name: string }) {
  return (
    <span className="brand">
      <Mark />
      <span>{name}</span>
    </span>
  );
}
