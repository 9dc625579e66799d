local t = require('harness')

-- Text that is not ASCII stands before the finding. Columns count from 0: bytes in UTF-8, code units in UTF-16.
local line = 7
local marked = "'src/main/python/org/shop/price:price'"
local columns = { ['utf-8'] = 48, ['utf-16'] = 44 }

local function finding()
  return ('%d: redundant-target-name: %s'):format(line, marked)
end

return {
  'the encoding is the one that is expected', function()
    t.setup()
    t.open('src/main/python/org/shop/menu/BUILD')
    t.equal('encoding', vim.env.E2E_ENCODING, t.client().offset_encoding)
  end,

  'the range is right behind text that is not ASCII', function()
    t.wait_for_findings({ finding() })
    local range = vim.diagnostic.get(0)[1].user_data.lsp.range
    if range then -- Neovim 0.7 does not keep it
      local column = columns[vim.env.E2E_ENCODING]
      t.equal('as it was sent', { line = line - 1, character = column }, range.start)
    end
  end,

  'it stays right when such text is typed before it', function()
    vim.api.nvim_buf_set_text(0, line - 1, 2, line - 1, 2, { 'tags = ["größer 🍕🍕"], ' })
    t.wait_for_findings({ finding() })
    vim.api.nvim_buf_set_text(0, line - 1, 2, line - 1, 2, { '', '  ' })
    line = line + 1
    t.wait_for_findings({ finding() })
  end,

  'definition is found behind it', function()
    t.at(marked, 30)
    local result = t.ask('textDocument/definition')
    local place = result[1] or result
    t.equal('file', true, vim.endswith(place.uri or place.targetUri, 'src/main/python/org/shop/price/BUILD'))
  end,

  'a fix changes what it is to change', function()
    t.at(marked, 5)
    t.act('Write')
    t.becomes('the line', {
      "  tags = [\"größer 🍕🍕\"], description = 'Größe 🍕', dependencies = ['src/main/python/org/shop/price'],",
    }, function() return t.lines_with('org/shop/price') end)
    t.wait_for_findings({})
  end,
}
