"""One module for each format that articles come in, each from bytes to raw articles and rejections."""
