// Says kindly what to do in a browser that knows no modules, hence none of the rest of the page either.
// Only such a browser loads this file, so it keeps to what was written before 2015.
(function () {
  var app = document.getElementById("app");
  var sentence = document.createElement("p");
  sentence.appendChild(document.createTextNode(
    "This browser is too old for the page's program. It works in Chrome or Edge 123, Firefox 120, Safari 17.5 and later."
  ));
  var loading = document.getElementById("loading");
  if (loading && loading.parentNode) {
    loading.parentNode.parentNode.replaceChild(sentence, loading.parentNode);
  } else if (app) {
    app.appendChild(sentence);
  }
})();
