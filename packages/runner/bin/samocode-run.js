#!/usr/bin/env node
require("../bundle/samocode-run.js");
