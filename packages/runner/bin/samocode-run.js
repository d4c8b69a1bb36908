#!/usr/bin/env node
import "../bundle/samocode-run.js";
