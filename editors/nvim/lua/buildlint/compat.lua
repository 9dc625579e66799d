-- What differs between Neovim 0.7 and 0.12.
local M = {}

-- The functions of a client became methods in 0.11; those that take no client were taken away later.
local has_methods = vim.fn.has('nvim-0.11') == 1

--- Calls a function of a client.
function M.call(client, name, ...)
  if has_methods then
    return client[name](client, ...)
  end
  return client[name](...)
end

--- The running clients of buildls; of a buffer, if it is given.
function M.clients(bufnr)
  local all
  if vim.lsp.get_clients then
    all = vim.lsp.get_clients({ name = 'buildls', bufnr = bufnr })
  elseif bufnr then
    all = vim.tbl_values(vim.lsp.buf_get_clients(bufnr))
  else
    all = vim.lsp.get_active_clients()
  end
  return vim.tbl_filter(function(client)
    return client.name == 'buildls' and not M.call(client, 'is_stopped')
  end, all)
end

--- Opens a URL in the browser. It reports whether there is something to open it with.
function M.open(url)
  if vim.ui.open then
    return (vim.ui.open(url)) ~= nil
  end
  for _, opener in ipairs({ 'xdg-open', 'open', 'wslview' }) do
    if vim.fn.executable(opener) == 1 then
      return vim.fn.jobstart({ opener, url }, { detach = true }) > 0
    end
  end
  return false
end

--- The diagnostics of a line of the current buffer, which counts from 0.
function M.diagnostics_on(line)
  return vim.tbl_filter(function(d)
    return d.source == 'buildlint'
  end, vim.diagnostic.get(0, { lnum = line }))
end

return M
