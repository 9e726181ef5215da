import type { DataTree } from '#shared/contract/record.ts';
import { axle, firstPage, message, verticalMass } from './parts.ts';

/** An O2: a centre-axle trailer of 2,700 kg with two axles close together. */
export function centreAxleTrailer(number: number): DataTree {
  const tyre = { size: '195/50R13C', index: '104', symbol: 'N', rim: '6.00JX13' };
  const row = (running: number): DataTree => ({
    TwinWheelsAxleIndicator: 'N',
    SteeredAxleIndicator: 'N',
    LiftAxleIndicator: 'N',
    LoadableAxleIndicator: 'N',
    AxleAirSuspensionOrEquivalentIndicator: 'N',
    DistributionMassRunningOrderAxle: String(running),
  });
  return message({
    ...firstPage({ number, category: 'O2', type: 'TH4', name: 'TILHENGER' }),
    MaximumSpeed: '100',
    TypeApprovalTransportDangerousGoodsIndicator: 'N',
    GeneralConstructionGroup: {
      NumberOfAxles: '2',
      NumberOfWheels: '4',
      NumberOfAxlesWithTwinWheels: '0',
      NumberOfSteeredAxles: '0',
    },
    DimensionGroup: {
      Wheelbase: '750',
      Length: '6200',
      Width: '2080',
      Height: '1350',
      RearOverhang: '1900',
      LengthLoadingArea: '4100',
    },
    MassGroup: {
      MassInRunningOrder: '660',
      ActualMass: '690',
      TechnicallyPermissibleMaximumLadenMass: '2700',
      MaximumStaticVerticalMassCouplingPointTable: verticalMass(100),
    },
    AxleTable: {
      AxleGroup: [axle(1, 1350, tyre, { ...row(310), AxleSpacing: '750' }), axle(2, 1350, tyre, row(300))],
    },
    BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: 'DC' }] },
    MechanicalCouplingTable: {
      MechanicalCouplingGroup: [
        {
          MechanicalCouplingNumber: '1',
          MechanicalCouplingApprovalNumber: 'E4*55R01/08*5512*00',
          MechanicalCouplingValueS: '150',
          DistanceCentreCouplingRearEnd: '6050',
          MechanicalCouplingDistributionMassRunningOrder: '50',
        },
      ],
    },
  });
}
