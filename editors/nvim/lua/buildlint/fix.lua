-- Applies all safe fixes.
local compat = require('buildlint.compat')
local config = require('buildlint.config')

local M = {}

local kind = 'source.fixAll.buildlint'

local function complain(message)
  vim.notify('buildlint: ' .. message, vim.log.levels.ERROR)
end

--- Asks a client and waits. It returns nil, after it told the user, where there is no answer.
local function ask(client, method, params, bufnr)
  local response, failure = compat.call(client, 'request_sync', method, params, config.current.timeout, bufnr)
  if response and not response.err then
    return response.result
  end
  complain(('%s: %s'):format(method, response and response.err.message or failure or 'no answer'))
end

local function params_of(bufnr)
  return {
    textDocument = { uri = vim.uri_from_bufnr(bufnr) },
    range = {
      start = { line = 0, character = 0 },
      ['end'] = { line = vim.api.nvim_buf_line_count(bufnr), character = 0 },
    },
    context = { only = { kind }, diagnostics = {} },
  }
end

local function apply(client, action, bufnr)
  if not action.edit then
    action = ask(client, 'codeAction/resolve', action, bufnr)
  end
  if action and action.edit then
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  end
end

--- Applies all safe fixes to a buffer, and waits until that is done.
function M.buffer(bufnr)
  for _, client in ipairs(compat.clients(bufnr)) do
    for _, action in ipairs(ask(client, 'textDocument/codeAction', params_of(bufnr), bufnr) or {}) do
      if action.kind == kind then
        apply(client, action, bufnr)
      end
    end
  end
end

--- Applies all safe fixes to all files of a client's workspaces. The buffers are changed, not written.
function M.workspace(client)
  local function done(err, fixed)
    if err then
      complain(err.message)
    elseif fixed.fixes == 0 then
      vim.notify('buildlint: there is nothing to fix safely', vim.log.levels.INFO)
    else
      local message = 'buildlint: mended %d finding(s) in %d file(s); :wall writes them'
      vim.notify(message:format(fixed.fixes, fixed.files), vim.log.levels.INFO)
    end
  end
  local command = { command = 'buildlint.fixAll' }
  compat.call(client, 'request', 'workspace/executeCommand', command, done, vim.api.nvim_get_current_buf())
end

return M
