import type { Component } from 'svelte';
import type { LucideProps } from '@lucide/svelte';

/** A single icon, as `@lucide/svelte/icons/<name>` has it. */
export type Icon = Component<LucideProps>;
