#!/usr/bin/env node
import { main } from './program.ts';
import { createTerminal } from './terminal.ts';

process.exitCode = await main(
  process.argv.slice(2),
  createTerminal(process.stdout, process.stderr, process.env),
);
