import ArrowLeft from '@lucide/svelte/icons/arrow-left';
import ArrowRight from '@lucide/svelte/icons/arrow-right';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import DoorOpen from '@lucide/svelte/icons/door-open';
import ListChecks from '@lucide/svelte/icons/list-checks';
import MessageSquare from '@lucide/svelte/icons/message-square';
import OctagonAlert from '@lucide/svelte/icons/octagon-alert';
import Pencil from '@lucide/svelte/icons/pencil';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Sparkle from '@lucide/svelte/icons/sparkle';
import Undo2 from '@lucide/svelte/icons/undo-2';
import UserRound from '@lucide/svelte/icons/user-round';
import type { ChangeKind } from '#shared/contract/since.ts';
import type { Icon } from '#ui/icon.ts';

/** The icon of each kind of change; it always appears with text. */
export const changeIcons: Record<ChangeKind, Icon> = {
  created: Sparkle,
  movedOn: ArrowRight,
  movedBack: ArrowLeft,
  blocked: OctagonAlert,
  freed: CircleCheck,
  exceptionRaised: OctagonAlert,
  exceptionClosed: CircleCheck,
  exceptionChanged: OctagonAlert,
  handedOver: UserRound,
  assigned: UserRound,
  edited: Pencil,
  accepted: CircleCheck,
  returned: Undo2,
  gatesShut: DoorOpen,
  gatesOpened: DoorOpen,
  commented: MessageSquare,
  resolved: MessageSquare,
  ticked: ListChecks,
  waiverChanged: ShieldCheck,
  releasePlanned: CalendarDays,
};
