import type { Icon } from './icon.ts';

/** One item of a menu. */
export interface MenuItem {
  label: string;
  icon?: Icon;
  /** A second, muted line. */
  note?: string;
  tone?: 'open' | 'shut';
  disabled?: boolean;
  href?: string;
  onselect?: () => void;
  /** For one of several choices: whether it is the present one. */
  chosen?: boolean;
  /** Starts a new section of the menu; a text that is not empty is its heading. */
  part?: string;
}
