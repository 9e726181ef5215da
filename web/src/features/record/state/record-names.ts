import type { Card } from '#shared/contract/record.ts';

/** `Norda Vira`: make and commercial name of the vehicle; null while both are unknown. */
export function vehicleName({ make, commercialName }: Pick<Card, 'make' | 'commercialName'>): string | null {
  return [make, commercialName].filter(Boolean).join(' ') || null;
}

/** `N1 / VA / 12`: type, variant and version, as far as they are known. */
export function typeName({
  type,
  variant,
  typeVersion,
}: Pick<Card, 'type' | 'variant' | 'typeVersion'>): string | null {
  return type || variant || typeVersion ? [type, variant, typeVersion].map((part) => part ?? '–').join(' / ') : null;
}
