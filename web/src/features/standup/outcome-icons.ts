import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import Megaphone from '@lucide/svelte/icons/megaphone';
import OctagonAlert from '@lucide/svelte/icons/octagon-alert';
import type { Icon } from '#ui/icon.ts';
import type { OutcomeKind } from './outcome-labels.ts';

export const outcomeIcons: Record<OutcomeKind, Icon> = {
  nextAction: ArrowRightLeft,
  releaseDate: CalendarClock,
  exception: OctagonAlert,
  escalated: Megaphone,
  nothing: CircleCheck,
};
