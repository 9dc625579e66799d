" BUILD files whose names Neovim does not know. A file such as BUILD.md keeps the filetype of its extension.
autocmd BufRead,BufNewFile BUILD,BUILD.*,BUCK,TARGETS setfiletype bzl
