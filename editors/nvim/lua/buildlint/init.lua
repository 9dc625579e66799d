local M = {}

--- Starts the language server for BUILD files that are open, and for those that will be.
---@param opts table|nil see |buildlint-options|
function M.setup(opts)
  local config = require('buildlint.config')
  config.set(opts)
  require('buildlint.commands').register()
  require('buildlint.save').register(config.current.fix_on_save)
  require('buildlint.client').enable()
  if config.current.treesitter then
    require('buildlint.treesitter').enable(config.server().filetypes)
  end
end

return M
