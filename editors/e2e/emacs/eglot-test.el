;;; eglot-test.el --- The language server in Emacs  -*- lexical-binding: t -*-

;; The working directory is a copy of testdata/workspace.

(require 'cl-lib)
(require 'ert)
(require 'eglot)
(require 'flymake)
(require 'project)
(require 'xref)

(defconst e2e-root default-directory)
(defconst e2e-patience 15 "Seconds that anything may take.")

(defun e2e-await (what predicate)
  "Wait until PREDICATE returns something other than nil, and return it; fail with WHAT."
  (let ((deadline (+ (float-time) e2e-patience)) got)
    (while (not (or (setq got (funcall predicate)) (> (float-time) deadline)))
      (accept-process-output nil 0.05)
      (read-event nil nil 0.01)) ; handles what Emacs is told of files
    (or got (ert-fail (list what (e2e-findings))))))

(defun e2e-file (file)
  (expand-file-name file e2e-root))

(defun e2e-open (file)
  "Visit FILE with the language server, as a user does who opens it."
  (switch-to-buffer (find-file-noselect (e2e-file file)))
  (unless (eglot-managed-p)
    (apply #'eglot (eglot--guess-contact)))
  (e2e-await "the server" #'eglot-managed-p)
  (flymake-mode 1))

(defun e2e-findings ()
  "The findings in this buffer: conses of a line and the text that is marked."
  (mapcar (lambda (d)
            (cons (line-number-at-pos (flymake-diagnostic-beg d))
                  (buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d))))
          (flymake-diagnostics)))

(defun e2e-await-findings (wanted)
  (e2e-await (format "findings %S" wanted)
             (lambda ()
               (eglot--signal-textDocument/didChange) ; there is no idle time in a batch
               (flymake-start)
               (let ((found (sort (e2e-findings) (lambda (a b) (< (car a) (car b))))))
                 (equal found wanted)))))

(defun e2e-at (text)
  "Put point behind the first TEXT."
  (goto-char (point-min))
  (search-forward text))

(defconst e2e-menu "src/main/python/org/shop/menu/BUILD")
(defconst e2e-marked "'src/main/python/org/shop/price:price'")

(ert-deftest e2e-1-encoding ()
  "Text that is not ASCII stands before the finding; its range is right, in UTF-8."
  (e2e-open e2e-menu)
  (should (equal (plist-get (eglot--capabilities (eglot-current-server)) :positionEncoding) "utf-8"))
  (e2e-await-findings `((7 . ,e2e-marked))))

(ert-deftest e2e-2-edit ()
  "It stays right when such text is typed before it."
  (e2e-open e2e-menu)
  (e2e-at "description")
  (beginning-of-line)
  (forward-char 2)
  (insert "tags = [\"größer 🍕🍕\"], ")
  (e2e-await-findings `((7 . ,e2e-marked)))
  (e2e-at ", description")
  (backward-char (length " description"))
  (insert "\n ")
  (e2e-await-findings `((8 . ,e2e-marked))))

(ert-deftest e2e-3-definition ()
  "The definition of what stands behind such text is found."
  (e2e-open e2e-menu)
  (e2e-at "org/shop/pri")
  (let* ((found (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))
         (place (xref-item-location (car found))))
    (should (= (length found) 1))
    (should (string-suffix-p "src/main/python/org/shop/price/BUILD" (xref-location-group place)))))

(ert-deftest e2e-4-quick-fix ()
  "A quick fix is applied."
  (e2e-open e2e-menu)
  (e2e-at "price:pri")
  (let* ((eglot-confirm-server-edits nil)
         (actions (eglot-code-actions (point) (point) "quickfix"))
         (fix (cl-find-if (lambda (a) (eq (plist-get a :isPreferred) t)) actions)))
    (should fix)
    (eglot-execute (eglot-current-server) fix))
  (e2e-await-findings nil)
  (e2e-at "description = 'Größe 🍕', dependencies = ['src/main/python/org/shop/price'],"))

(ert-deftest e2e-5-rename ()
  "A rename changes three files."
  (e2e-open "src/test/python/org/shop/cart/BUILD")
  (e2e-at "org/shop/fak")
  (let ((eglot-confirm-server-edits nil))
    (eglot-rename "doubles"))
  (save-some-buffers t)
  (dolist (expected '(("src/test/python/org/shop/fakes/BUILD" . "name = 'doubles'")
                      ("src/test/python/org/shop/cart/BUILD" . "'src/test/python/org/shop/fakes:doubles'")
                      ("src/test/python/org/shop/order/BUILD" . "'src/test/python/org/shop/fakes:doubles'")))
    (with-temp-buffer
      (insert-file-contents (e2e-file (car expected)))
      (e2e-at (cdr expected)))))

(ert-deftest e2e-6-fix-on-save ()
  "All safe fixes are applied when a file is saved, as docs/editors.md sets it up."
  (e2e-open "src/main/python/org/shop/order/BUILD")
  (e2e-await "findings" (lambda () (flymake-start) (= (length (e2e-findings)) 3)))
  (add-hook 'before-save-hook #'buildlint-fix-all nil t)
  (e2e-at "# Breaks")
  (insert " no more than")
  (save-buffer)
  (with-temp-buffer
    (insert-file-contents (e2e-file "src/main/python/org/shop/order/BUILD"))
    (e2e-at "'src/main/python/org/shop/cart:_cart'")
    (e2e-at "'src/main/python/org/shop/menu',")
    (should-not (search-forward "'src/main/python/org/shop/price',\n    'src/main" nil t)))
  (e2e-await-findings '((9 . "'src/main/python/org/shop/cart:_cart'"))))

(ert-deftest e2e-7-outside ()
  "What another program changes is seen."
  (e2e-open "src/main/python/org/shop/cart/BUILD")
  (e2e-await-findings nil)
  (with-temp-file (e2e-file "src/main/python/org/shop/price/BUILD")
    (insert "python_library(name = 'cost')\n"))
  (e2e-await-findings '((9 . "'src/main/python/org/shop/price'"))))

;;; eglot-test.el ends here
