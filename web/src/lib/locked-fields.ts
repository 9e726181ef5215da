import type { Attachment } from 'svelte/attachments';

/**
 * While it is not known what became of a form, its fields stay as they were sent: sending them again finds out and does
 * nothing twice, which other content could. What lies beside the submit button still works.
 */
export function lockFields(form: HTMLFormElement, locked: boolean): void {
  const beside = form.querySelector('[type=submit]')?.parentElement;
  for (const field of form.elements) {
    const free = field instanceof HTMLButtonElement && (field.type === 'submit' || field.parentElement === beside);
    if (!free) field.toggleAttribute('inert', locked);
  }
}

/** For a form that keeps its own answer. */
export const lockedWhile =
  (unknown: boolean): Attachment<HTMLFormElement> =>
  (form) =>
    lockFields(form, unknown);
