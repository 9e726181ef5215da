import type { Attachment } from 'svelte/attachments';

/**
 * While the outcome of a submission is unknown, the fields stay as they were sent: sending them again is idempotent and
 * finds out, other content would not be. The buttons beside the submit button still work.
 */
export function lockFields(form: HTMLFormElement, locked: boolean): void {
  const beside = form.querySelector('[type=submit]')?.parentElement;
  for (const field of form.elements) {
    const free = field instanceof HTMLButtonElement && (field.type === 'submit' || field.parentElement === beside);
    if (!free) field.toggleAttribute('inert', locked);
  }
}

/** For a form that manages its own answer. */
export const lockedWhile =
  (unknown: boolean): Attachment<HTMLFormElement> =>
  (form) =>
    lockFields(form, unknown);
