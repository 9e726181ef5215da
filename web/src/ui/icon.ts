import type { Component } from 'svelte';
import type { LucideProps } from '@lucide/svelte';

/** An icon component of `@lucide/svelte/icons/<name>`. */
export type Icon = Component<LucideProps>;
