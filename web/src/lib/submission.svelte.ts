import { tick } from 'svelte';
import { Unreachable } from './api.ts';
import { lockFields } from './locked-fields.ts';
import { m } from './paraglide/messages.js';
import { formErrors, noErrors } from './problem-fields.ts';

/**
 * The submission of one form. Fields declare their constraints with HTML attributes (`required`, `type`, `minlength`);
 * our own messages appear under each. The form itself is `novalidate`. After a lost answer the fields are locked until
 * one arrives: the same content is sent again as the same operation.
 */
export class Submission {
  busy = $state(false);
  trouble = $state.raw(noErrors);

  /** For `onsubmit`: sends a valid form; otherwise focuses the first invalid field. */
  async send(event: SubmitEvent, send: () => Promise<unknown>): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const form = event.currentTarget as HTMLFormElement;
    const fields = lacking(form);
    this.trouble = { whole: null, fields };
    if (Object.keys(fields).length === 0) {
      this.busy = true;
      try {
        await send();
        lockFields(form, false);
      } catch (error) {
        this.trouble = formErrors(error);
        lockFields(form, error instanceof Unreachable);
      } finally {
        this.busy = false;
      }
    }
    await tick();
    form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }
}

/** A message for each invalid field, by its name. */
function lacking(form: HTMLFormElement): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement) || !field.name) continue;
    const { validity } = field;
    if (field.required && field.value.trim() === '') wrong[field.name] = m.app_field_required();
    else if (validity.typeMismatch) wrong[field.name] = m.app_field_email();
    else if (field.minLength > 0 && field.value.length < field.minLength)
      wrong[field.name] = m.app_field_short({ count: field.minLength, now: field.value.length });
    else if (validity.patternMismatch) wrong[field.name] = field.title || m.app_field_required();
  }
  return wrong;
}
