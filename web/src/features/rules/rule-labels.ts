import type { Severity } from '#shared/contract/finding.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { SettingsChange } from '#shared/domain/rule-settings.ts';
import { stageName } from '#shared/text/names.ts';
import { m } from '#lib/paraglide/messages.js';

export const severityLabel: Record<Severity, () => string> = {
  error: m.rules_error,
  warning: m.rules_warning,
  info: m.rules_info,
};

export function settingsChangeLabel(change: SettingsChange): string {
  if (change.what === 'severity') {
    const [before, after] = [change.before, change.after].map((one) => severityLabel[one as Severity]());
    return m.rules_draft_severity({ rule: change.rule, before: before!, after: after! });
  }
  const before = change.before || m.app_none_inline();
  const after = change.after || m.app_none_inline();
  return change.what === 'wmis' ? m.rules_draft_wmis({ before, after }) : m.rules_draft_waiver_days({ before, after });
}

export const stageList = (stages: readonly StageKey[]): string => stages.map((stage) => stageName(stage)).join(', ');
