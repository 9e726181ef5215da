/** Scrolls to an entry and puts the cursor where it is wanted: into the field that is wrong, or else the first one. */
export function focusEntry(root: HTMLElement, key: string): void {
  const fields = [...root.querySelectorAll<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`)];
  const input = 'input, select, textarea, output';
  const wrong = fields.map((field) => field.querySelector<HTMLElement>('[aria-invalid="true"]')).find(Boolean);
  const target = wrong ?? fields[0]?.querySelector<HTMLElement>(input);
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}
