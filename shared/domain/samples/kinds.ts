import type { DataTree } from '#shared/contract/record.ts';
import { petrolCar, plugInCar } from './cars.ts';
import { dieselBus, dieselLorry } from './heavy.ts';
import { centreAxleTrailer } from './trailer.ts';
import { dieselVan, electricVan } from './vans.ts';
import { sampleVehicle } from './vehicle.ts';

/** Invented vehicles of several categories and powertrains; each is complete and passes every gate. */
export const sampleKinds = {
  'pure electric car': (number) => sampleVehicle({ number }),
  'petrol car': petrolCar,
  'plug-in car': plugInCar,
  'diesel van': dieselVan,
  'electric van': electricVan,
  trailer: centreAxleTrailer,
  bus: dieselBus,
  lorry: dieselLorry,
} satisfies Record<string, (number: number) => DataTree>;
