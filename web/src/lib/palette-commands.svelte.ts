/**
 * An action a person can take on this screen. With `run` the command palette offers it; with `keys` the list of
 * shortcuts shows it.
 */
export interface PaletteCommand {
  title: string;
  /** The heading it is listed under. */
  group: string;
  /** Each a key or a combination: `x`, `Ctrl+Z`. */
  keys?: readonly string[];
  run?: () => void;
}

/** Opens the command palette or the list of shortcuts, on any screen. */
class Commands {
  shown = $state<'palette' | 'keys' | null>(null);
  #offers = $state.raw<readonly (() => readonly PaletteCommand[])[]>([]);
  readonly all: readonly PaletteCommand[] = $derived(this.#offers.flatMap((offer) => offer()));

  /** Offers commands, before those offered earlier, until the returned function is called; for `onMount`. */
  offer(commands: () => readonly PaletteCommand[]): () => void {
    this.#offers = [commands, ...this.#offers];
    return () => {
      this.#offers = this.#offers.filter((other) => other !== commands);
    };
  }
}

export const paletteCommands = new Commands();
