#!/bin/bash
# An agent that says nothing for half a minute.
exec sleep 30
