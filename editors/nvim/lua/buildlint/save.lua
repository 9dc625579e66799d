-- Fixes buffers before they are written.
local compat = require('buildlint.compat')

local M = {}

function M.register(wanted)
  local group = vim.api.nvim_create_augroup('buildlint.save', {})
  if not wanted then
    return
  end
  vim.api.nvim_create_autocmd('BufWritePre', {
    group = group,
    callback = function(args)
      if #compat.clients(args.buf) > 0 then
        require('buildlint.fix').buffer(args.buf)
      end
    end,
  })
end

return M
