import { shellQuote } from "@samocode/process";

/** The shells for which there is a script. */
export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/**
 * The script that makes a shell ask `samocode-run complete` what may be typed next. What was typed is never
 * evaluated, and nothing but the script itself is needed.
 *
 * @param binary Called if there is no `samocode-run` on the PATH, as where it is an alias.
 */
export function formatShellScript(shell: Shell, binary: string): string {
  return scripts[shell](shellQuote(binary));
}

const scripts: Readonly<Record<Shell, (binary: string) => string>> = {
  bash: (binary) => `# Add to ~/.bashrc: source <(samocode-run completion bash)
_samocode_run() {
  local program=samocode-run line
  type -P samocode-run >/dev/null || program=${binary}
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o default
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <("$program" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _samocode_run samocode-run
`,
  zsh: (binary) => `#compdef samocode-run
# Put into ~/.zshrc, after compinit: source <(samocode-run completion zsh)
_samocode_run() {
  local program=samocode-run line
  local -a found
  (( $+commands[samocode-run] )) || program=${binary}
  for line in "\${(@f)$("$program" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == :files ]]; then
      _files
      return
    fi
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe -V samocode-run found
}
if [[ $funcstack[1] == _samocode_run ]]; then
  _samocode_run "$@"
else
  compdef _samocode_run samocode-run
fi
`,
  fish: (binary) => `# Add to ~/.config/fish/config.fish: samocode-run completion fish | source
function __samocode_run_complete
    set -l program samocode-run
    command -sq samocode-run; or set program ${binary}
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found ($program complete -- $words[2..] "$current" 2>/dev/null)
    if test "$found" = :files
        __fish_complete_path "$current"
    else
        printf '%s\\n' $found
    end
end
complete -c samocode-run -k -f -a '(__samocode_run_complete)'
`,
};
