type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface Entered {
  value: string;
  checked: boolean;
  /** The events the field had: `input`, `change` or both. */
  types: Set<string>;
}

declare global {
  interface Window {
    /** In `app.html`: what was entered so far, the last entered last. It listens no longer. */
    takeEarlyInput?: () => Map<Field, Entered>;
  }
}

/**
 * Tells the page what was typed, picked or ticked while nothing listened yet. Without it a file that was chosen then
 * would never be read, and a choice would go back to what it was.
 */
export async function repeatEarlyInput(): Promise<void> {
  const early = [...(window.takeEarlyInput?.() ?? [])].map((one) => [...one, shownIn(one[0])] as const);
  for (const [field, { value, checked, types }, shown] of early) {
    // One after the other, as a person enters them: a field may change the address, which the next one goes by.
    await new Promise((resolve) => setTimeout(resolve));
    // Changed since: the page heard that.
    if (!field.isConnected || shownIn(field) !== shown) continue;
    if (isTicked(field)) field.checked = checked;
    // Setting the same again would end the composition of a word.
    else if (field.type !== 'file' && field.value !== value) field.value = value;
    for (const type of types) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

const isTicked = (field: Field): field is HTMLInputElement => field.type === 'checkbox' || field.type === 'radio';
const shownIn = (field: Field) => (isTicked(field) ? field.checked : field.value);
