import { systemOf, type System } from '../../model/index.ts';
import { load } from './load.ts';
import { modelOf } from './models/model.ts';
import { textOf } from './models/term.ts';
import { truthsOf, type Truths } from './oracle/oracle.ts';
import type { Bounds } from './oracle/reached.ts';
import { worldOf } from './oracle/walk.ts';

/** A generated model in its scenario, and what is true of it. */
export interface Generated {
  readonly system: System;
  readonly truths: Truths;
}

/** Makes the models of so many seeds from `first` on, without those that are larger than the bounds allow. */
export const generatedSystems = (first: number, seeds: number, bounds: Bounds): readonly Generated[] =>
  Array.from({ length: seeds }, (_, index) => first + index).flatMap((seed) => {
    const { model, scenario } = load(textOf(modelOf(seed)))();
    const truths = truthsOf(worldOf(model as never, scenario), bounds);
    return truths === undefined ? [] : [{ system: systemOf(model, scenario), truths }];
  });
