type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface Entered {
  value: string;
  checked: boolean;
  /** The events the field received: `input`, `change` or both. */
  types: Set<string>;
}

declare global {
  interface Window {
    /** Defined in `app.html`: returns the input so far, most recent last, and stops recording. */
    takeEarlyInput?: () => Map<Field, Entered>;
  }
}

/**
 * Replays what was typed, picked or ticked before the page was hydrated. Without it a chosen file would never be read,
 * and a selection would revert.
 */
export async function repeatEarlyInput(): Promise<void> {
  const early = [...(window.takeEarlyInput?.() ?? [])].map((one) => [...one, shownIn(one[0])] as const);
  for (const [field, { value, checked, types }, shown] of early) {
    // One after the other, as a person enters them: a field may change the address that the next one starts from.
    await new Promise((resolve) => setTimeout(resolve));
    // Changed since then: the page received that event.
    if (!field.isConnected || shownIn(field) !== shown) continue;
    if (isTicked(field)) field.checked = checked;
    // Setting the same value would end the composition of a word.
    else if (field.type !== 'file' && field.value !== value) field.value = value;
    for (const type of types) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

const isTicked = (field: Field): field is HTMLInputElement => field.type === 'checkbox' || field.type === 'radio';
const shownIn = (field: Field) => (isTicked(field) ? field.checked : field.value);
