import type { Card } from '#shared/contract/record.ts';

/** `Norda Vira`: what people call the vehicle; null while the make is not known. */
export function vehicleName({ make, commercialName }: Pick<Card, 'make' | 'commercialName'>): string | null {
  return [make, commercialName].filter(Boolean).join(' ') || null;
}

/** `N1 / VA / 12`: type, variant and version as they are known. */
export function typeName({
  type,
  variant,
  typeVersion,
}: Pick<Card, 'type' | 'variant' | 'typeVersion'>): string | null {
  return type || variant || typeVersion ? [type, variant, typeVersion].map((part) => part ?? '–').join(' / ') : null;
}
