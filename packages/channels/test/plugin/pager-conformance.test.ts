import { testChannel } from "../support/channel-conformance.ts";
import { createPager } from "../support/pager.ts";
import { pager } from "../support/pager-plugin.ts";

testChannel(pager, createPager);
