-- The configuration of the Neovim under test: the plugin as a user installs it, and nothing else.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
package.path = here .. '/?.lua;' .. package.path
vim.opt.runtimepath:prepend(vim.fn.fnamemodify(here, ':h:h') .. '/nvim')
if vim.env.E2E_RUNTIME then -- the parser of Python, as a user installs it
  vim.opt.runtimepath:prepend(vim.env.E2E_RUNTIME)
end
vim.g.loaded_python3_provider = 0 -- the filetype plugin asks whether there is one, which takes seconds
vim.opt.swapfile = false
vim.opt.shadafile = 'NONE'
