-- The configuration of buildls, the language server of buildlint, for vim.lsp.config (Neovim 0.11 and later). It stands
-- alone: copied to ~/.config/nvim/lsp/buildls.lua, it is all that vim.lsp.enable('buildls') needs.

local markers = {
  'pants.ini',
  'pants.toml',
  'MODULE.bazel',
  'WORKSPACE',
  'WORKSPACE.bazel',
  '.plzconfig',
  '.buckconfig',
}

local function exists(path)
  return (vim.uv or vim.loop).fs_stat(path) ~= nil
end

local function has_marker(dir)
  for _, marker in ipairs(markers) do
    if exists(dir .. '/' .. marker) then
      return true
    end
  end
  return false
end

--- The root of the workspace that a file lies in, as buildlint finds it: the nearest directory upward with a marker of
--- a build tool, else the outermost with a buildlint.toml, else the nearest with .git; nil where there is none.
local function root_of(file)
  local configured, git
  local dir = vim.fn.fnamemodify(file, ':p:h')
  while true do
    if has_marker(dir) then
      return dir
    end
    configured = exists(dir .. '/buildlint.toml') and dir or configured
    git = git or exists(dir .. '/.git') and dir or nil
    local parent = vim.fn.fnamemodify(dir, ':h')
    if parent == dir then
      return configured or git
    end
    dir = parent
  end
end

--- Asks again for the findings of open buffers. Neovim 0.12 asks for those of the workspace instead, and drops what it
--- is told of open buffers.
local function refresh(err, result, ctx)
  local client = vim.lsp.get_client_by_id(ctx.client_id)
  for bufnr in pairs(client and client.attached_buffers or {}) do
    local params = { identifier = 'buildlint', textDocument = { uri = vim.uri_from_bufnr(bufnr) } }
    client:request('textDocument/diagnostic', params, nil, bufnr)
  end
  return vim.lsp.handlers['workspace/diagnostic/refresh'](err, result, ctx)
end

---@type vim.lsp.Config
return {
  cmd = { 'buildls' },
  filetypes = { 'bzl' },
  handlers = { ['workspace/diagnostic/refresh'] = refresh },
  -- Neovim keeps the page of a finding's rule, but does not say so.
  capabilities = {
    textDocument = {
      publishDiagnostics = { codeDescriptionSupport = true },
      diagnostic = { codeDescriptionSupport = true },
    },
  },
  -- A BUILD file outside of any workspace has no server: there is nothing to check it against.
  root_dir = function(bufnr, on_dir)
    local name = vim.api.nvim_buf_get_name(bufnr)
    local root = name ~= '' and not name:find('^%a[%w+.-]+://') and root_of(name) or nil
    if root then
      on_dir(root)
    end
  end,
}
