local M = {}

-- The options and their types; :help buildlint-options says what they mean.
local types = {
  cmd = 'table',
  filetypes = 'table',
  settings = 'table',
  capabilities = 'table',
  on_attach = 'function',
  fix_on_save = 'boolean',
  treesitter = 'boolean',
  timeout = 'number',
}

local defaults = { fix_on_save = false, treesitter = true, timeout = 3000 }

M.current = defaults

local function check(opts)
  for name, value in pairs(opts) do
    local wanted = types[name]
    if not wanted then
      error(('buildlint: there is no option %q; :help buildlint-options lists them'):format(tostring(name)), 0)
    elseif type(value) ~= wanted then
      error(('buildlint: the option %q is a %s, not a %s'):format(name, wanted, type(value)), 0)
    end
  end
end

--- Makes opts the options; what they do not name has its default.
function M.set(opts)
  opts = opts or {}
  check(opts)
  M.current = vim.tbl_extend('keep', opts, defaults)
end

--- What the options say of the language server, as vim.lsp.config takes it.
function M.overrides()
  local opts = M.current
  local settings = opts.settings and { buildlint = opts.settings } or nil
  return {
    cmd = opts.cmd,
    filetypes = opts.filetypes,
    capabilities = opts.capabilities,
    on_attach = opts.on_attach,
    settings = settings,
    init_options = settings, -- what is set when it starts it need not ask for
  }
end

--- What this Neovim can do, with what is asked for over it. 0.10 pulls findings, but cannot be told to pull again when
--- another file changed what is found in one: it has them pushed, as before.
local function capabilities(base)
  local able = vim.lsp.protocol.make_client_capabilities()
  local all = vim.tbl_deep_extend('force', able, base, M.current.capabilities or {})
  all.textDocument.diagnostic = nil
  return all
end

--- The whole configuration of the language server, for Neovim before 0.11: lsp/buildls.lua and, over it, the options.
function M.server()
  local here = debug.getinfo(1, 'S').source:sub(2)
  local base = dofile(vim.fn.fnamemodify(here, ':p:h:h:h') .. '/lsp/buildls.lua')
  local own = { name = 'buildls', capabilities = capabilities(base.capabilities) }
  base.handlers = nil -- they are for 0.12
  return vim.tbl_extend('force', base, M.overrides(), own)
end

return M
