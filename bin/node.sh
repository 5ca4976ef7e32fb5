# Sourced: sets $node to the Node that runs the product. This machine's own is used when it is new enough (24),
# else the one that npm brought. Needs $checkout.

new_enough() {
  case $("$1" --version 2>/dev/null) in
    v2[4-9].* | v[3-9][0-9].* | v[1-9][0-9][0-9].*) return 0 ;;
    *) return 1 ;;
  esac
}

node=node
if ! new_enough "$node"; then
  node=$checkout/node_modules/.bin/node
  if ! new_enough "$node"; then
    echo 'Hjemmel needs Node 24 or newer, and npm brings none for this system: install Node 24 or newer.' >&2
    exit 2
  fi
fi
