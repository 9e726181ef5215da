import type { Severity } from '#shared/contract/finding.ts';
import type { RuleSet, RuleSettings, RuleTrial } from '#shared/contract/rule-set.ts';
import {
  plainSettings,
  sameSettings,
  settingsChanges,
  settingsFindings,
  type SettingsChange,
} from '#shared/domain/rule-settings.ts';
import { problemDetail } from '#shared/text/problem-labels.ts';
import { call, ProblemError, Unreachable } from '#lib/api.ts';
import { m } from '#lib/paraglide/messages.js';
import { unansweredMessage } from '#lib/problem-fields.ts';

/** Poll interval of a running trial, in milliseconds. */
const often = 500;

/** Edited rule settings, and the result of their trial. */
export class RuleDraft {
  readonly #organisation: string;
  readonly #present: () => RuleSet;
  severities = $state.raw<Record<string, Severity>>({});
  /** As typed. */
  wmis = $state('');
  waiverDays = $state('');
  trial = $state.raw<RuleTrial | null>(null);
  busy = $state(false);
  trouble = $state<string | null>(null);
  #triedUnder = -1;
  #left = false;

  readonly settings = $derived.by((): RuleSettings =>
    plainSettings({
      severities: this.severities,
      wmis: this.wmis
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
      waiverDays: Number(this.waiverDays),
    }),
  );
  readonly changes = $derived.by(() => settingsChanges(this.#present().settings, this.settings));
  readonly troubles = $derived.by(() => settingsFindings(this.settings));
  /** Whether the trial shown has exactly these settings, against the present rules. */
  readonly tried = $derived.by(
    () =>
      this.trial !== null &&
      this.#triedUnder === this.#present().version &&
      sameSettings(this.trial.settings, this.settings),
  );

  constructor(organisation: string, present: () => RuleSet) {
    this.#organisation = organisation;
    this.#present = present;
    this.undo();
  }

  /** Reverts to the present settings. */
  undo(): void {
    const { severities, wmis, waiverDays } = this.#present().settings;
    this.severities = severities;
    this.wmis = wmis.join(' ');
    this.waiverDays = `${waiverDays}`;
    this.trial = null;
    this.trouble = null;
  }

  /** The present settings changed: starts from them and applies the changes made here on top. */
  startOver(changes: readonly SettingsChange[]): void {
    this.undo();
    for (const change of changes) {
      if (change.what === 'severity') this.set(change.rule, change.after as Severity);
      else if (change.what === 'wmis') this.wmis = change.after;
      else this.waiverDays = change.after;
    }
  }

  set(rule: string, severity: Severity): void {
    this.severities = { ...this.severities, [rule]: severity };
  }

  async try(): Promise<void> {
    const params = { organisation: this.#organisation };
    const under = this.#present().version;
    await this.#attempt(async () => {
      let trial = await call('post /api/organisations/{organisation}/rules/trials', { params, body: this.settings });
      this.#triedUnder = under;
      this.trial = trial;
      while (!this.#left && trial.state === 'running') {
        await new Promise((resolve) => setTimeout(resolve, often));
        trial = await call('get /api/organisations/{organisation}/rules/trials/{trial}', {
          params: { ...params, trial: trial.id },
        });
        this.trial = trial;
      }
    });
  }

  /** Saves the settings as the new version. Throws where the server refuses them. */
  hold(note: string): Promise<RuleSet> {
    return call('post /api/organisations/{organisation}/rules', {
      params: { organisation: this.#organisation },
      body: { from: this.#present().version, settings: this.settings, note },
    });
  }

  /** The page was left; stops polling. */
  leave(): void {
    this.#left = true;
  }

  async #attempt(step: () => Promise<void>): Promise<void> {
    this.trouble = null;
    this.busy = true;
    try {
      await step();
    } catch (error) {
      if (error instanceof Unreachable) this.trouble = unansweredMessage(error);
      else if (!(error instanceof ProblemError)) throw error;
      else if (error.problem.type === 'not-found') this.trouble = m.rules_trial_gone();
      else this.trouble = problemDetail(error.problem);
      this.trial = null;
    } finally {
      this.busy = false;
    }
  }
}
