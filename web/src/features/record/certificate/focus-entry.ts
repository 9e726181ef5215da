/** Scrolls to an entry and focuses its first invalid field, or else its first field. */
export function focusEntry(root: HTMLElement, key: string): void {
  const fields = [...root.querySelectorAll<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`)];
  const input = 'input, select, textarea, output';
  const wrong = fields.map((field) => field.querySelector<HTMLElement>('[aria-invalid="true"]')).find(Boolean);
  const target = wrong ?? fields[0]?.querySelector<HTMLElement>(input);
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}
