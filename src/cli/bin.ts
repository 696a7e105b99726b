#!/usr/bin/env node
import { containGuests } from './guests.ts';
import { comeToEnd } from './leave.ts';
import { main } from './program.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal(process.stdout, process.stderr, process.env);
containGuests(terminal);
process.exitCode = await main(process.argv.slice(2), terminal);
comeToEnd();
