import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { stageName } from '#shared/text/names.ts';
import type { PaletteCommand } from '#lib/palette-commands.svelte.ts';
import { ownOperations } from '#lib/own-operations.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { cardIn } from './state/board-rows.ts';
import type { Board } from './state/board.svelte.ts';
import type { BoardScreen } from './state/board-screen.svelte.ts';

/** The commands of a board and of the focused card. `create` creates a record; null where the person may not. */
export function boardCommands(board: Board, screen: BoardScreen, create: (() => void) | null): PaletteCommand[] {
  const group = m.board_tab_board();
  const to = (id: string, part = '') =>
    void goto(resolve('/scopes/[scope]/(board)/records/[record]', { scope: board.scope.id, record: id }) + part);
  const card = board.active && !board.past ? cardIn(board.rows, board.active.id) : undefined;
  const of = card && { group: m.keys_group_card(), reference: card.reference };
  return [
    ...(of
      ? [
          { ...of, title: m.app_open_reference(of), run: () => to(card.id) },
          { ...of, title: m.keys_card_hand_this(of), run: () => to(card.id, '#duties') },
          ...stageKeys
            .filter((stage) => stage !== card.stage)
            .map((stage) => ({
              ...of,
              title: m.keys_card_move_this({ ...of, stage: stageName(stage) }),
              run: () => board.move({ card, to: stage, after: undefined, at: undefined }),
            })),
        ]
      : []),
    ...(create
      ? [
          { group, title: m.board_new_record(), run: create },
          {
            group,
            title: m.board_empty_import(),
            run: () => void goto(resolve('/scopes/[scope]/import', { scope: board.scope.id })),
          },
        ]
      : []),
    screen.compact
      ? { group, title: m.keys_board_comfortable(), run: () => screen.choose('comfortable') }
      : { group, title: m.keys_board_compact(), run: () => screen.choose('compact') },
    ...(board.past ? [] : [...takingBack(), ...selecting(board)]),
    ...boardKeys(),
  ];
}

function takingBack(): PaletteCommand[] {
  const group = m.board_tab_board();
  const { done, undone } = ownOperations;
  return [
    {
      group,
      title: m.keys_board_undo(),
      keys: ['Ctrl+Z'],
      ...(done.length > 0 ? { run: () => void ownOperations.undo() } : {}),
    },
    {
      group,
      title: m.keys_board_redo(),
      keys: ['Ctrl+Shift+Z'],
      ...(undone.length > 0 ? { run: () => void ownOperations.redo() } : {}),
    },
  ];
}

function selecting({ rows, selection }: Board): PaletteCommand[] {
  const group = m.keys_group_selection();
  return [
    { group, title: m.keys_selection_toggle(), keys: ['X'] },
    { group, title: m.keys_selection_range(), keys: ['Shift+↑', 'Shift+↓'] },
    { group, title: m.keys_selection_all(), keys: ['Ctrl+A'] },
    {
      group,
      title: m.board_selection_clear(),
      keys: ['Esc'],
      ...(selection.ids.size > 0 ? { run: () => selection.clear() } : {}),
    },
    ...rows
      .filter(({ count }) => count > 0)
      .map(({ stage }) => ({
        group,
        title: m.keys_selection_column({ stage: stageName(stage) }),
        run: () => void selection.column(stage),
      })),
  ];
}

function boardKeys(): PaletteCommand[] {
  const board = m.board_tab_board();
  const card = m.keys_group_card();
  const lifted = m.keys_group_lifted();
  return [
    { group: board, title: m.keys_board_walk(), keys: ['↑', '↓', '←', '→'] },
    { group: board, title: m.keys_board_ends(), keys: ['Home', 'End'] },
    { group: card, title: m.keys_card_open(), keys: ['Enter'] },
    { group: card, title: m.keys_card_lift(), keys: ['Space'] },
    { group: card, title: m.keys_card_menu(), keys: ['M'] },
    { group: lifted, title: m.keys_lifted_column(), keys: ['←', '→'] },
    { group: lifted, title: m.keys_lifted_place(), keys: ['↑', '↓'] },
    { group: lifted, title: m.keys_lifted_drop(), keys: ['Space', 'Enter'] },
    { group: lifted, title: m.keys_lifted_back(), keys: ['Esc'] },
  ];
}
